import { chatProxy } from '../../chat/proxy';

export const GET = chatProxy.fetch;
export const POST = chatProxy.fetch;
export const DELETE = chatProxy.fetch;
