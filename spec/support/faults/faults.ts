import type { Fault } from './Fault.js';
import { chatFaults } from './seen/chatFaults.js';
import { commonFaults } from './seen/commonFaults.js';
import { messagesFaults } from './seen/messagesFaults.js';
import { ollamaFaults } from './seen/ollamaFaults.js';
import { responsesFaults } from './seen/responsesFaults.js';

/** Whatever servers have been seen to do, one by one. */
export const faults: readonly Fault[] = [
  ...chatFaults,
  ...responsesFaults,
  ...messagesFaults,
  ...ollamaFaults,
  ...commonFaults,
];
