/** The release, as the API description and the start message show it. */
export const version = '0.1.0';
