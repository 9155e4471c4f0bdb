import { createRequire } from 'node:module';
import { of } from 'rxjs';
import * as esm from 'rx-structured';

const cjs = createRequire(import.meta.url)('rx-structured');

const texts = [
  '{"a":[1,-2.5e+3,true,false,null,"x"],"b":{}}',
  String.raw`["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\uD83D", "é😀"]`,
  ' [ 12345678901234567890 , 0 ]\n',
  '{null:1}',
  '{"a"}',
  '[1,]',
  '[tru3]',
  '[nul',
  'fAlse',
  '[-]',
  '[1.e5]',
  String.raw`"\x"`,
  String.raw`"\u:000"`,
  '"a\nb"',
  '{}{}',
  '[] ,',
];

for (const text of texts) {
  let whole;
  try {
    whole = JSON.stringify(JSON.parse(text));
  } catch {
    whole = 'JsonSyntaxError';
  }
  for (const { toJsonTokens, accumulatePartial } of [esm, cjs])
    for (let cut = 0; cut <= text.length; cut++) {
      let read;
      of(text.slice(0, cut), text.slice(cut))
        .pipe(toJsonTokens(), accumulatePartial())
        .subscribe({
          next: ({ value, complete }) => {
            if (complete) read = JSON.stringify(value);
          },
          error: ({ name }) => {
            read = name;
          },
        });
      if (read !== whole) console.log(`${text} cut at ${cut}: ${read}, not ${whole}`);
    }
}
console.log(`${texts.length} texts, at every cut: the same`);
