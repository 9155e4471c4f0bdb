/** The chain, and an error that is thrown behind one entry and caught with the class of another. */
exports.run = async ({ from, t, rxStructured, openai }) => {
  const { accumulatePartial, decodeWith, toJsonTokens, ProviderError } = rxStructured;

  await from(['{"name":"J', 'ohn","age":3', '0}'])
    .pipe(toJsonTokens(), accumulatePartial(), decodeWith(t.type({ name: t.string, age: t.number })))
    .forEach(({ _tag, right }) => console.log(_tag, right._tag, JSON.stringify(right.value)));

  const client = {
    chat: {
      completions: {
        create: async () =>
          (async function* () {
            yield { error: { message: 'overloaded', code: 529 } };
          })(),
      },
    },
  };
  await openai
    .fromChatCompletion(client, { model: 'any', messages: [] })
    .forEach(() => {})
    .catch((error) => console.log(error.name, error instanceof ProviderError));
};
