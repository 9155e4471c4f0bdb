/**
 * A subset of JSON Schema that a provider takes: OpenAI's strict mode (`openai`), Anthropic's structured outputs
 * (`anthropic`), or all of JSON Schema 2020-12 (`open`).
 */
export type SchemaDialect = 'openai' | 'anthropic' | 'open';
