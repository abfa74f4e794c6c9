/** Problem of the configuration of users, with a message for the operator. */
export class UsersError extends Error {
  override readonly name = 'UsersError';
}
