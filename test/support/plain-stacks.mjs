/**
 * Stacks as Node writes them. Jest would look up a hundred frames of each in source maps, of which there are none here,
 * and the Pulumi SDK notes a stack for every promise: that took more time than all else in a test that runs a program.
 */
Error.prepareStackTrace = (error, frames) => [String(error), ...frames].join("\n    at ");
Error.stackTraceLimit = 10;
