/** Import or export that cannot be done at all. Nothing was written. The message says why, and what to do. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
}

/** Part of the input that cannot be used. The thread or file that has it is skipped. */
export class InputFault extends Error {
  override readonly name = 'InputFault';

  constructor(
    message: string,
    readonly advice?: string,
  ) {
    super(message);
  }
}
