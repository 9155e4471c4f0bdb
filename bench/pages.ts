/**
 * What a page pays that shows one answer with `fromSse`, by the library of its schema: everything bundled, rxjs and io-ts
 * included. `npm run build` in the folder above, then `npm run pages` here.
 */
import { build } from 'esbuild';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const schemas: Readonly<Record<string, string>> = {
  zod: `import * as z from 'zod';
    export const codec = z.object({ title: z.string(), minutes: z.int().min(1), tags: z.array(z.string()) });`,
  'zod/mini': `import * as z from 'zod/mini';
    export const codec = z.toJSONSchema(
      z.object({ title: z.string(), minutes: z.int().check(z.minimum(1)), tags: z.array(z.string()) }));`,
  valibot: `import * as v from 'valibot'; import { toStandardJsonSchema } from '@valibot/to-json-schema';
    export const codec = toStandardJsonSchema(
      v.object({ title: v.string(), minutes: v.pipe(v.number(), v.minValue(1)), tags: v.array(v.string()) }));`,
  'io-ts': `import * as t from 'io-ts';
    export const codec = t.type({ title: t.string, minutes: t.number, tags: t.array(t.string) });`,
};

for (const [name, schema] of Object.entries(schemas)) {
  const { outputFiles } = await build({
    stdin: {
      contents: `${schema}\nexport { fromSse } from 'rx-structured/sse';`,
      resolveDir: join(import.meta.dirname, '..'),
    },
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'error',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // The published files, not the sources that the paths of our tsconfig lead to.
    tsconfigRaw: {},
  });
  const text = outputFiles[0]?.text ?? '';
  const kilobytes = [gzipSync(text).length, text.length].map((bytes) => (bytes / 1024).toFixed(1));
  console.log(`${name.padEnd(10)} ${kilobytes.join(' KB gzip, ')} KB minified`);
}
