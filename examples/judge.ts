// You will see a second model judge the answer of the first: its complaint is told to the first one, which answers anew.
import * as t from 'io-ts';
import { defer, map } from 'rxjs';
import { finalValue, structuredCompletion } from 'rx-structured';
import { scriptedModel } from 'rx-structured/testing';
import { printError } from './support/printError.js';

// In their place: openaiChat(new OpenAI(), …) and anthropicMessages(new Anthropic(), …).
const writer = scriptedModel(['{"summary":"A man lives in a barrel."}', '{"summary":"A man lives by a pond."}']);
const judge = scriptedModel(['{"isFaithful":false,"why":"He lives by a pond."}', '{"isFaithful":true,"why":""}']);

const source = 'Walden, or Life in the Woods, by Henry David Thoreau';

const complaintsAbout = (summary: string) =>
  defer(() => {
    console.log('judged:', summary);
    return structuredCompletion(judge, {
      codec: t.type({ isFaithful: t.boolean, why: t.string }),
      messages: [`Is this a faithful summary of ${source}? ${summary}`],
    }).pipe(
      finalValue(),
      map(({ isFaithful, why }) => (isFaithful ? undefined : `The summary is not faithful: ${why}`)),
    );
  });

const answer = structuredCompletion(writer, {
  codec: t.type({ summary: t.string }),
  messages: [`Summarize ${source}.`],
  retries: 2,
  validate: ({ summary }) => complaintsAbout(summary),
});

answer.pipe(finalValue()).subscribe({
  next: ({ summary }) => {
    console.log('accepted:', summary);
    console.log('told:', writer.requests[1]?.question.failures[0]?.correction.split('\n')[1]);
  },
  error: printError,
});
