type Respond = (request: Request, count: number) => Response | Promise<Response>;

/** Creates a `fetch` that responds with the given function and records its requests. */
export function recordingFetch(respond: Respond = () => Response.json({})) {
  const requests: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request.clone());
    return respond(request, requests.length);
  };
  return { fetch, requests };
}

/** Returns the error that a promise rejects with. Throws if it resolves. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('Expected the promise to reject, but it resolved.');
}
