/** A change of what is named about an address, and of nothing else. */
import type { HookChange } from '../host/generated/HookChange';

const NOTHING: HookChange = {
  label: null,
  requireSignature: null,
  appSecret: null,
  verifyToken: null,
  statusCodeAsText: null,
};

export const hookChange = (change: Partial<HookChange>): HookChange => ({ ...NOTHING, ...change });
