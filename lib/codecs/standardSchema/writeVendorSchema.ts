import { remember } from '../../foundation/remember.js';
import { askVendor, type Keywords, type VendorOptions } from './askVendor.js';
import { markArktypePatterns } from './markArktypePatterns.js';
import { markValibotPatterns } from './markValibotPatterns.js';
import { markZod, type ZodNode } from './markZod.js';
import { markZodPatterns } from './markZodPatterns.js';
import { createOptions } from './readVendorSchemas.js';
import type { StandardSchema } from './StandardSchema.js';

/**
 * The JSON Schema that a model is asked for, with notes of the patterns that its library leaves out. Only who asks a
 * model needs them: a page that decodes what a server has asked for does not have this code.
 */
export const writeVendorSchema = remember((schema: StandardSchema): Keywords | undefined => {
  const { vendor } = schema['~standard'];
  const asked = askVendor(schema, 'input', { ...createOptions(schema).asked, ...patternOptions[vendor] });
  return asked !== undefined && vendor === 'arktype' ? markArktypePatterns(schema, asked) : asked;
});

const patternOptions: Readonly<Record<string, VendorOptions>> = {
  zod: {
    override: (node: ZodNode): void => {
      markZodPatterns(node);
      markZod(node);
    },
  },
  valibot: { overrideAction: markValibotPatterns },
};
