// VS Code guards a hung extension host with a native module that is not compiled here (see ../install.ts); its own check,
// once a second, that the server still lives stays in force. Without this stand-in every log begins with a stack trace.
const process = require('node:process');

exports.start = () => {};
exports.exit = (code) => process.exit(code);
