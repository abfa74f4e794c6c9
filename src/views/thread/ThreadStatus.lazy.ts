'use client';
import { RunProblem } from '../../components/run/RunProblem.js';
import { RunStatusDetails } from '../../components/run/RunStatusDetails.js';
import { ThreadRunLabel } from './ThreadRunLabel.js';

/** Lazy half of `ThreadStatus`: parts that only some runs need. */
export const statusParts = { ThreadRunLabel, RunProblem, RunStatusDetails };
