import { PrecacheController, type PrecacheEntry } from 'workbox-precaching';

/** Events of a service worker, which the types of the page lack. */
interface LifecycleEvent extends Event {
  waitUntil: (promise: Promise<unknown>) => void;
}
interface RequestEvent extends LifecycleEvent {
  readonly request: Request;
  respondWith: (response: Promise<Response>) => void;
}
interface WorkerEvents {
  install: LifecycleEvent;
  activate: LifecycleEvent;
  fetch: RequestEvent;
}
interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim: () => Promise<void> };
  addEventListener: <Type extends keyof WorkerEvents>(
    type: Type,
    listener: (event: WorkerEvents[Type]) => void,
  ) => void;
}

/** Set by `writeServiceWorker`. */
declare const BUILD: { version: string; files: PrecacheEntry[] };
declare const self: WorkerScope;

/** Time after which a slow network counts as none. */
const TIMEOUT_MS = 5_000;

const { scope } = self.registration;
/** Each build has its own cache, so that tabs with an older one keep their files. */
const cachePrefix = `playground ${scope} `;
const cacheName = cachePrefix + BUILD.version;
const precache = new PrecacheController({ cacheName });
precache.addToCacheList(BUILD.files);

self.addEventListener('install', (event) => {
  event.waitUntil(precache.install(event));
});

// Browsers activate the worker of a newer build when no tab uses the earlier one.
self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), removeOldBuilds()]));
});

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  if (method !== 'GET' || !url.startsWith(scope)) return;
  const path = url.slice(scope.length).replace(/[?#].*$/, '');
  if (mode === 'navigate') {
    if (path === '' || path === 'index.html') event.respondWith(loadPage(event.request));
  } else if (path.startsWith('assets/')) event.respondWith(loadAsset(event.request));
});

/** Loads the newest page, which may belong to a newer build than this worker, or the one of this build without a network. */
async function loadPage(request: Request): Promise<Response> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(request, { signal: timeout.signal });
    if (response.status < 500) return response;
  } catch {
    // The host cannot be reached.
  } finally {
    // Once a response has begun, its body may take longer.
    clearTimeout(timer);
  }
  return (await precache.matchPrecache('index.html')) ?? Response.error();
}

/** Loads a file of any build. Its name has a hash of its content. */
async function loadAsset(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

/** Removes the files of older builds. */
async function removeOldBuilds(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(cachePrefix) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}
