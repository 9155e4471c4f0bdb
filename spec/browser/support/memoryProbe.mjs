// Preloaded into a server under load: answers every message of its parent with what it holds after a collection.
process.on('message', () => {
  for (let collection = 0; collection < 3; collection += 1) globalThis.gc();
  process.send(process.memoryUsage());
});
// The channel alone is no reason to stay.
process.channel.unref();
