import type { AnswerSchema } from './CompletionModel.js';

/** Asks for the answer's shape in words, for models that cannot be held to it otherwise. */
export function schemaPrompt({ description, schema }: AnswerSchema): string {
  return [
    'Answer with one JSON object and nothing else: no prose, no code fences.',
    ...(description === undefined ? [] : [`It holds: ${description}`]),
    'It must be valid against this JSON Schema (do not repeat the schema):',
    JSON.stringify(schema),
  ].join('\n');
}
