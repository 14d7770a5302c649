import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft4Formats from 'ajv-formats';

/** A second opinion on whether values satisfy schemas; multiples are compared as decimals, not as doubles. */
export function createValidator(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, multipleOfPrecision: 9, logger: false });
  AjvDraft4Formats.default(ajv);
  return ajv;
}
