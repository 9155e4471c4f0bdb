import type { Json } from 'rx-structured';

/** A long answer of the embedded model; the quotations are Thoreau's. */
export function review(year: Json): Json {
  return {
    title: 'Walden, or Life in the Woods',
    year,
    summary: 'A man builds a cabin by a pond, lives there for two years, and finds that he needs very little.',
    themes: [
      { name: 'solitude', quote: 'I never found the companion that was so companionable as solitude.' },
      { name: 'simplicity', quote: 'Our life is frittered away by detail.' },
      { name: 'deliberation', quote: 'I went to the woods because I wished to live deliberately.' },
      { name: 'time', quote: 'Time is but the stream I go a-fishing in.' },
      { name: 'truth', quote: 'Rather than love, than money, than fame, give me truth.' },
      { name: 'morning', quote: 'Only that day dawns to which we are awake.' },
    ],
  };
}
