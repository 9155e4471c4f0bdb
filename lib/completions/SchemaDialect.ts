/**
 * A subset of JSON Schema that a provider takes: OpenAI's strict mode (`openai`), Anthropic's structured outputs
 * (`anthropic`), or all of JSON Schema 2020-12 (`open`).
 */
export type SchemaDialect = 'openai' | 'anthropic' | 'open';

/** The keys that Anthropic takes in a schema, whether it is that of an answer or that of a tool. */
export const anthropicKeys = /^[a-zA-Z0-9_.-]{1,64}$/;
