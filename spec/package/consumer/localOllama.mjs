// Imported before a program: a server of the tests listens where Ollama would.
const { fetch } = globalThis;
globalThis.fetch = (input, init) =>
  fetch(String(input).replace('http://127.0.0.1:11434', process.env.LOCAL_OLLAMA), init);
