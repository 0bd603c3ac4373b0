/** The host for what stands deep inside the page, without handing it through everything between. */
import { createContext } from 'svelte';

import type { Host } from './host';

export const [useHost, provideHost] = createContext<Host>();
