import type * as t from 'io-ts';
import { expectArgument } from '../../foundation/expectArgument.js';
import type { CompletionModel, ToolSchema } from '../../completions/CompletionModel.js';
import { toCodec } from '../../codecs/standardSchema/toCodec.js';
import { createAnswerSchema } from '../createAnswerSchema.js';
import { wrap } from '../decodeAnswer.js';
import { hasObjectRoot } from '../hasObjectRoot.js';
import type { AnyTool, Tools } from './tool.js';

/** The names that providers take. */
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** A tool, with what is made of its codec once. */
export interface PreparedTool {
  readonly tool: AnyTool;
  readonly codec: t.Type<unknown, unknown>;
  /** The input stands in `{ "value": … }`. */
  readonly wrapped: boolean;
  readonly schema: ToolSchema;
}

export type PreparedTools = ReadonlyMap<string, PreparedTool>;

/**
 * @param answerName The name of the answer: no tool may have it, because where the answer is a tool, too, the two could
 * not be told apart.
 * @throws TypeError where a tool is not one, or has a name that providers do not take.
 * @throws SchemaError where the input of a tool has no JSON Schema that the model takes.
 */
export function prepareTools(
  tools: Tools | undefined,
  model: Pick<CompletionModel<unknown>, 'dialect' | 'keys'>,
  answerName: string,
): PreparedTools {
  const isNamed =
    tools === undefined || (typeof tools === 'object' && (tools as unknown) !== null && !Array.isArray(tools));
  expectArgument('tools', isNamed, 'tools by their names, { weather: tool(…) }', tools);
  return new Map(
    Object.entries(tools ?? {}).map(([name, tool]) => {
      check(name, tool, answerName);
      const codec = toCodec<unknown>(tool.input);
      const wrapped = !hasObjectRoot(codec, model);
      const { description } = tool;
      const config = { name, ...(description !== undefined && { description }) };
      const schema = wrapped
        ? createAnswerSchema(wrap(codec), name, model, config, '.value')
        : createAnswerSchema(codec, name, model, config);
      return [name, { tool, codec, wrapped, schema }];
    }),
  );
}

function check(name: string, tool: Partial<AnyTool> | undefined, answerName: string): void {
  if (typeof tool?.run !== 'function' || tool.input === undefined)
    throw new TypeError(`tools.${name} is not a tool: expected tool({ input: codec, run: (input) => … }).`);
  if (!NAME.test(name))
    throw new TypeError(
      `A tool cannot be called ${JSON.stringify(name)}: providers take letters, digits, "_" and "-", at most 64 of them.`,
    );
  if (name === answerName)
    throw new TypeError(
      `The answer and a tool are both called ${JSON.stringify(name)}. Give the answer another name: { name: 'answer' }.`,
    );
}
