/** In place of what the Pulumi SDK loads to serialize functions, which nothing here asks for (see jest.config.mjs). */
module.exports = {};
