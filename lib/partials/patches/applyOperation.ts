import { getChild, copyContainer, isContainer, setChild, type Container } from '../Container.js';
import { JsonPatchError } from './JsonPatchError.js';
import { readSteps } from './extendPointer.js';
import type { Json } from '../PartialJson.js';
import type { PatchOperation } from './PartialPatch.js';

/**
 * The document with an operation applied. Parts that the operation does not touch are shared with the document before.
 *
 * @param copies The containers that were copied for this document already: they are written to.
 */
export function applyOperation(document: Json | undefined, operation: PatchOperation, copies: Set<object>): Json {
  const steps = readSteps(operation.path);
  if (steps === undefined) throw new JsonPatchError(operation, 'not a JSON Pointer');
  return change(document, steps, operation, copies);
}

function change(
  value: Json | undefined,
  [step, ...rest]: readonly string[],
  operation: PatchOperation,
  copies: Set<object>,
): Json {
  if (step === undefined) return changeHere(value, operation);
  if (!isContainer(value)) throw new JsonPatchError(operation, 'nothing there has children');
  // The cast: a copy that was made here can be written to.
  const copy = copies.has(value) ? (value as Container) : copyContainer(value);
  copies.add(copy);
  if (rest.length === 0 && operation.op === 'add') {
    addAt(copy, step, operation);
    return copy;
  }
  const position = Array.isArray(copy) ? readIndex(step) : step;
  const child = position === undefined ? undefined : getChild(copy, position);
  if (position === undefined || child === undefined) throw new JsonPatchError(operation, 'nothing is there');
  setChild(copy, position, change(child, rest, operation, copies));
  return copy;
}

function changeHere(value: Json | undefined, operation: PatchOperation): Json {
  if (value === undefined && operation.op !== 'add') throw new JsonPatchError(operation, 'nothing is there');
  switch (operation.op) {
    case 'add':
    case 'replace':
      return operation.value;
    case 'append':
      // Patches come from afar, so the added part may be anything.
      if (typeof value !== 'string' || typeof (operation.value as unknown) !== 'string')
        throw new JsonPatchError(operation, 'not a string');
      return value + operation.value;
    default:
      // Patches come from afar.
      throw new JsonPatchError(operation, 'unknown operation');
  }
}

/** In an array an element is put before the one at its index; in an object a member of that name is replaced. */
function addAt(container: Container, step: string, operation: PatchOperation): void {
  if (!Array.isArray(container)) {
    setChild(container, step, operation.value);
    return;
  }
  const index = step === '-' ? container.length : readIndex(step);
  if (index === undefined || index > container.length) throw new JsonPatchError(operation, 'no such index');
  container.splice(index, 0, operation.value);
}

function readIndex(step: string): number | undefined {
  return /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : undefined;
}
