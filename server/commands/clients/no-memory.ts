/** A command has no memory to refresh; the nodes read within five seconds. */
export const noMemory = { refresh: async () => {} };
