/** A test works in the process of its node, and delays its event loop: that must not turn requests away. */
export const testLimits = { eventLoopDelayMilliseconds: Number.POSITIVE_INFINITY };
