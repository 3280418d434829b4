/** In place of the SDK's search for leaked promises, which takes the stack of each (see jest.config.mjs). */
module.exports = {
  debugPromiseLeaks: false,
  debuggablePromise: (promise) => promise,
  leakedPromises: () => [new Set(), ""],
  errorString: String,
};
