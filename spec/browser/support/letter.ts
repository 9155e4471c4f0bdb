/** A message with as many items as wanted; the embedded model writes about 14 tokens for each. */
export const letter = (items: number, name = 'Ada Byron'): string =>
  [
    'Please send us',
    ...Array.from({ length: items }, (_, index) => `- ${index + 1} x Part number ${index + 1} at £2.50`),
    'Kind regards,',
    name,
    'ada@example.org',
  ].join('\n');
