type Answer = (request: Request, count: number) => Response | Promise<Response>;

/** A `fetch` that answers by the function given, and keeps what it was asked. */
export function recordingFetch(answer: Answer = () => Response.json({})) {
  const requests: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request.clone());
    return answer(request, requests.length);
  };
  return { fetch, requests };
}

/** What a promise rejects with; fails where it resolves. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('The promise was to reject, and resolved.');
}
