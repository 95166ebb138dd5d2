// VS Code writes its log files through a native module that is not compiled here (see ../install.ts). This stands in for
// it, so that the extension hosts' logs can be read after a failure and searched for what must never be in one.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

// The module's own order, from the most talkative; `off` comes after the last.
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
const DEFAULT_LEVEL = LEVELS.indexOf('info');

class Logger {
  #file;
  #level = DEFAULT_LEVEL;
  #withTime = true;

  constructor(_type, _name, file) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
  }

  getLevel() {
    return this.#level;
  }

  setLevel(level) {
    this.#level = level;
  }

  setPattern() {
    this.#withTime = true;
  }

  clearFormatters() {
    this.#withTime = false;
  }

  flush() {}

  drop() {}

  write(level, text) {
    if (level < this.#level) return;
    const head = this.#withTime ? `${new Date().toISOString()} [${LEVELS[level]}] ` : '';
    try {
      appendFileSync(this.#file, this.#withTime ? `${head}${text}\n` : text);
    } catch {
      // The folder is already gone: the server is being stopped.
    }
  }
}
LEVELS.forEach((name, level) => {
  Logger.prototype[name] = function (text) {
    this.write(level, text);
  };
});

const makeLogger = (name, file) => Promise.resolve(new Logger('rotating', name, file));

// One by one, so that an ECMAScript module that imports this one finds them by name.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = makeLogger;
exports.createAsyncRotatingLogger = makeLogger;
