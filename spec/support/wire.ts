/** The behaviour of a model, before it is put in the form of a provider. */
export interface Script {
  /** Deltas of the content. */
  readonly text?: readonly string[];
  /** Deltas of the arguments of one tool call. */
  readonly args?: readonly string[];
  /** The words with which it declines. */
  readonly refusal?: string;
  /** Why it stops. Without a reason, the response ends in the middle. */
  readonly finish?: 'stop' | 'length';
}

/** The server-sent events in which a provider says this. */
export type Wire = (script: Script, tool?: string) => string[];

const event = (data: object, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;

/** OpenAI's chat completions. */
export const chatWire: Wire = ({ text = [], args, refusal, finish }, tool = 'answer') => {
  const chunk = (delta: object, finish_reason: string | null = null): string =>
    event({ id: 'chatcmpl-1', model: 'chat-1', choices: [{ index: 0, delta, finish_reason }] });
  const call = (fields: object): string => chunk({ tool_calls: [{ index: 0, ...fields }] });
  return [
    chunk({ role: 'assistant', content: '' }),
    ...text.map((content) => chunk({ content })),
    ...(args ? [call({ id: 'call_1', type: 'function', function: { name: tool, arguments: '' } })] : []),
    ...(args ?? []).map((delta) => call({ function: { arguments: delta } })),
    ...(refusal === undefined ? [] : [chunk({ refusal })]),
    ...(finish === undefined
      ? []
      : [
          chunk({}, finish === 'stop' && args ? 'tool_calls' : finish),
          event({
            id: 'chatcmpl-1',
            choices: [],
            usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
          }),
          'data: [DONE]\n\n',
        ]),
  ];
};

/** OpenAI's responses. */
export const responsesWire: Wire = ({ text = [], args, refusal, finish }, tool = 'answer') => {
  const named = (data: { readonly type: string; readonly [field: string]: unknown }): string => event(data, data.type);
  const response = { id: 'resp_1', model: 'responses-1' };
  const item = { type: 'function_call', call_id: 'call_1', name: tool, arguments: '' };
  const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };
  return [
    named({ type: 'response.created', response: { ...response, status: 'in_progress' } }),
    ...text.map((delta) => named({ type: 'response.output_text.delta', output_index: 0, content_index: 0, delta })),
    ...(args ? [named({ type: 'response.output_item.added', output_index: 1, item })] : []),
    ...(args ?? []).map((delta) => named({ type: 'response.function_call_arguments.delta', output_index: 1, delta })),
    ...(refusal === undefined ? [] : [named({ type: 'response.refusal.delta', output_index: 0, delta: refusal })]),
    ...(finish === undefined
      ? []
      : [
          finish === 'stop'
            ? named({ type: 'response.completed', response: { ...response, status: 'completed', usage } })
            : named({
                type: 'response.incomplete',
                response: {
                  ...response,
                  status: 'incomplete',
                  incomplete_details: { reason: 'max_output_tokens' },
                  usage,
                },
              }),
        ]),
  ];
};

/** Anthropic's messages. */
export const messagesWire: Wire = ({ text = [], args, refusal, finish }, tool = 'answer') => {
  const named = (data: { readonly type: string; readonly [field: string]: unknown }): string => event(data, data.type);
  const block = (index: number, content_block: object, deltas: readonly object[]): string[] => [
    named({ type: 'content_block_start', index, content_block }),
    ...deltas.map((delta) => named({ type: 'content_block_delta', index, delta })),
    ...(finish === undefined ? [] : [named({ type: 'content_block_stop', index })]),
  ];
  const stop_reason = finish === 'length' ? 'max_tokens' : args ? 'tool_use' : 'end_turn';
  const ending =
    refusal === undefined
      ? { stop_reason }
      : { stop_reason: 'refusal', stop_details: { type: 'refusal', explanation: refusal } };
  return [
    named({
      type: 'message_start',
      message: { id: 'msg_1', model: 'messages-1', usage: { input_tokens: 10, output_tokens: 1 } },
    }),
    ...(text.length === 0
      ? []
      : block(
          0,
          { type: 'text', text: '' },
          text.map((delta) => ({ type: 'text_delta', text: delta })),
        )),
    ...(args
      ? block(
          1,
          { type: 'tool_use', id: 'toolu_1', name: tool, input: {} },
          args.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
        )
      : []),
    ...(finish === undefined
      ? []
      : [
          named({ type: 'message_delta', delta: ending, usage: { output_tokens: 5 } }),
          named({ type: 'message_stop' }),
        ]),
  ];
};
