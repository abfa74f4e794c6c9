import source from './documents.txt?raw';
import { measureLatency } from './measureLatency.js';

declare global {
  interface Window {
    latency: Promise<Record<string, number>>;
  }
}

window.latency = measureLatency(source);
