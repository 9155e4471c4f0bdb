import * as fc from 'fast-check';

/** Anything that is JSON, put where a server puts something else. */
const noise = fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as unknown);

/** A chunk such as a provider sends, with anything in any of its fields. */
export const arbitraryChunk: fc.Arbitrary<unknown> = fc.oneof(
  noise,
  fc.record(
    {
      id: noise,
      model: noise,
      choices: fc.oneof(
        noise,
        fc.array(
          fc.oneof(
            noise,
            fc.record({
              index: fc.oneof(noise, fc.nat(2)),
              delta: fc.oneof(
                noise,
                fc.record({
                  content: noise,
                  tool_calls: fc.oneof(noise, fc.array(fc.oneof(noise, fc.record({ function: noise })))),
                  reasoning_details: noise,
                }),
              ),
              finish_reason: noise,
            }),
          ),
        ),
      ),
      usage: noise,
      type: fc.oneof(
        noise,
        fc.constantFrom(
          ...['response.created', 'response.output_item.added', 'response.output_text.delta', 'response.completed'],
          ...['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta'],
        ),
      ),
      response: fc.oneof(noise, fc.record({ output: noise, status: noise, id: noise })),
      item: fc.oneof(noise, fc.record({ type: fc.constantFrom('message', 'function_call'), content: noise })),
      message: noise,
      content_block: noise,
      delta: noise,
      output_index: noise,
    },
    { requiredKeys: [] },
  ),
);
