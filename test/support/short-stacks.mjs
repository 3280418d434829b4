/**
 * Jest looks up every frame of a stack in source maps, a hundred by its own default, and the Pulumi SDK notes a stack
 * for each promise: that took more time than all else in a test that runs a program.
 */
Error.stackTraceLimit = 10;
