/**
 * Posts JSON. Returns the response, whose body was not read.
 *
 * @param {string} url
 * @param {object} body
 */
export async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response;
}

/**
 * Creates an object and returns it.
 *
 * @param {string} url
 * @param {object} body
 * @returns {Promise<{ id: string }>}
 */
export async function create(url, body) {
  return (await post(url, body)).json();
}
