import { createYielder } from '../../../common/yieldToEventLoop.js';
import { createJobRunner } from './createJobRunner.js';
import type { Job } from './Job.js';
import { installAllocationLimit } from './limitAllocations.js';
import { openChannel } from './openChannel.js';

/** Module that runs in a worker: `assistants-react/backend/file-worker`. */
installAllocationLimit();
const run = createJobRunner();
const channel = openChannel((message) => {
  // Only the backend sends messages, and it sends jobs.
  void execute(message as Job);
});
channel.post({ type: 'ready' });

async function execute(job: Job): Promise<void> {
  channel.post(await run(job, { emit: channel.post, pause: createYielder() }));
}
