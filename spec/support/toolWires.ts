/** A call, as a model writes it: its arguments in these deltas. */
export interface SaidCall {
  /** Left out where the server gives none. */
  readonly id?: string;
  readonly name: string;
  readonly args: readonly string[];
}

/** One response of a model: thoughts, then words, then calls, each in its deltas. */
export interface SaidTurn {
  readonly thoughts?: readonly string[];
  readonly text?: readonly string[];
  readonly calls?: readonly SaidCall[];
  /**
   * How it ends: by default as the API ends such a response; with `'stop'` where the API would say that it called;
   * with `'cut'` not at all.
   */
  readonly ends?: 'stop' | 'length' | 'cut';
}

/** The chunks in which a server says this. */
export type ToolWire = (turn: SaidTurn) => string[];

interface Named {
  readonly type: string;
  readonly [field: string]: unknown;
}

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
const named = (data: Named): string => `event: ${data.type}\n${event(data)}`;
const argsOf = ({ args }: SaidCall): object => JSON.parse(args.join('') || '{}') as object;

/** OpenAI's chat completions, with the thoughts as DeepSeek writes them. */
export const chatTools: ToolWire = ({ thoughts = [], text = [], calls = [], ends }) => {
  const chunk = (delta: object, finish_reason: string | null = null): string =>
    event({ id: 'chatcmpl-1', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] });
  const finish = ends ?? (calls.length > 0 ? 'tool_calls' : 'stop');
  return [
    chunk({ role: 'assistant', content: null }),
    ...thoughts.map((reasoning_content) => chunk({ reasoning_content })),
    ...text.map((content) => chunk({ content })),
    ...calls.flatMap(({ id, name, args }, index) => [
      chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
      ...args.map((more) => chunk({ tool_calls: [{ index, function: { arguments: more } }] })),
    ]),
    ...(finish === 'cut' ? [] : [chunk({}, finish), 'data: [DONE]\n\n']),
  ];
};

/** OpenAI's responses, with every field that a strict client wants. */
export const responsesTools: ToolWire = ({ thoughts = [], text = [], calls = [], ends }) => {
  let sequence_number = 0;
  const next = (data: Named): string => named({ sequence_number: sequence_number++, ...data });
  const response = { id: 'resp_1', object: 'response', created_at: 1, model: 'm', output: [] };
  const usage = {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 15,
  };
  let place = -1;
  const item = (begun: object, whole: object, deltas: (at: number) => readonly string[]): string[] => {
    place += 1;
    const at = place;
    return [
      next({ type: 'response.output_item.added', output_index: at, item: begun }),
      ...deltas(at),
      next({ type: 'response.output_item.done', output_index: at, item: whole }),
    ];
  };
  const message = { type: 'message', id: 'msg_1', role: 'assistant' };
  const thought = { type: 'reasoning', id: 'rs_1', encrypted_content: 'c2VjcmV0' };
  const summary = [{ type: 'summary_text', text: thoughts.join('') }];
  const annotated = { type: 'output_text', text: text.join(''), annotations: [] };
  const status = 'completed';
  return [
    next({ type: 'response.created', response: { ...response, status: 'in_progress' } }),
    ...(thoughts.length === 0
      ? []
      : item({ ...thought, encrypted_content: '', summary: [] }, { ...thought, summary }, (output_index) =>
          thoughts.map((delta) =>
            next({
              type: 'response.reasoning_summary_text.delta',
              item_id: 'rs_1',
              output_index,
              summary_index: 0,
              delta,
            }),
          ),
        )),
    ...(text.length === 0
      ? []
      : item(
          { ...message, status: 'in_progress', content: [] },
          { ...message, status, content: [annotated] },
          (output_index) =>
            text.map((delta) =>
              next({
                type: 'response.output_text.delta',
                item_id: 'msg_1',
                output_index,
                content_index: 0,
                delta,
                logprobs: [],
              }),
            ),
        )),
    ...calls.flatMap(({ id = '', name, args }) => {
      const call = { type: 'function_call', id: `fc_${id}`, call_id: id, name };
      return item(
        { ...call, arguments: '', status: 'in_progress' },
        { ...call, arguments: args.join(''), status },
        (output_index) =>
          args.map((delta) =>
            next({ type: 'response.function_call_arguments.delta', item_id: `fc_${id}`, output_index, delta }),
          ),
      );
    }),
    ...(ends === 'cut'
      ? []
      : ends === 'length'
        ? [
            next({
              type: 'response.incomplete',
              response: {
                ...response,
                status: 'incomplete',
                incomplete_details: { reason: 'max_output_tokens' },
                usage,
              },
            }),
          ]
        : [next({ type: 'response.completed', response: { ...response, status, usage } })]),
  ];
};

/** Anthropic's messages; thoughts are signed, and followed by one that is redacted. */
export const messagesTools: ToolWire = ({ thoughts = [], text = [], calls = [], ends }) => {
  let index = -1;
  const block = (content_block: object, deltas: readonly object[]): string[] => {
    index += 1;
    return [
      named({ type: 'content_block_start', index, content_block }),
      ...deltas.map((delta) => named({ type: 'content_block_delta', index, delta })),
      named({ type: 'content_block_stop', index }),
    ];
  };
  const natural = calls.length > 0 && ends !== 'stop' ? 'tool_use' : 'end_turn';
  const stop_reason = ends === 'length' ? 'max_tokens' : natural;
  return [
    named({
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'm',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 10, output_tokens: 1 },
      },
    }),
    ...(thoughts.length === 0
      ? []
      : [
          ...block({ type: 'thinking', thinking: '', signature: '' }, [
            ...thoughts.map((thinking) => ({ type: 'thinking_delta', thinking })),
            { type: 'signature_delta', signature: 'c2ln' },
          ]),
          ...block({ type: 'redacted_thinking', data: 'eHh4' }, []),
        ]),
    ...(text.length === 0
      ? []
      : block(
          { type: 'text', text: '' },
          text.map((more) => ({ type: 'text_delta', text: more })),
        )),
    ...calls.flatMap(({ id, name, args }) =>
      block(
        { type: 'tool_use', id, name, input: {} },
        args.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
      ),
    ),
    ...(ends === 'cut'
      ? []
      : [
          named({
            type: 'message_delta',
            delta: { stop_reason, stop_sequence: null },
            usage: { output_tokens: 5 },
          }),
          named({ type: 'message_stop' }),
        ]),
  ];
};

/** Gemini's own API: a call comes whole, with a signature of the thought behind it. */
export const geminiTools: ToolWire = ({ thoughts = [], text = [], calls = [], ends }) => {
  const chunk = (parts: readonly object[], finishReason?: string): string =>
    event({
      responseId: 'g_1',
      modelVersion: 'm',
      candidates: [{ content: { role: 'model', parts }, ...(finishReason !== undefined && { finishReason }) }],
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 },
    });
  const signed = thoughts.length > 0 && { thoughtSignature: 'c2ln' };
  return [
    ...thoughts.map((thought) => chunk([{ text: thought, thought: true }])),
    ...text.map((words) => chunk([{ text: words }])),
    ...calls.map((call, nth) =>
      chunk([{ functionCall: { name: call.name, args: argsOf(call) }, ...(nth === 0 && signed) }]),
    ),
    ...(ends === 'cut' ? [] : [chunk([], ends === 'length' ? 'MAX_TOKENS' : 'STOP')]),
  ];
};

/** Ollama's own API: a call comes whole. */
export const ollamaTools: ToolWire = ({ thoughts = [], text = [], calls = [], ends }) => {
  const line = (message: object, fields: object = { done: false }): string =>
    `${JSON.stringify({ model: 'm', created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', content: '', ...message }, ...fields })}\n`;
  const done = { done: true, prompt_eval_count: 10, eval_count: 5 };
  return [
    ...thoughts.map((thinking) => line({ thinking })),
    ...text.map((content) => line({ content })),
    ...calls.map((call) =>
      line({
        tool_calls: [
          { ...(call.id !== undefined && { id: call.id }), function: { name: call.name, arguments: argsOf(call) } },
        ],
      }),
    ),
    ...(ends === 'cut' ? [] : [line({}, { ...done, done_reason: ends ?? 'stop' })]),
  ];
};
