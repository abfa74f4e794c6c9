'use client';
import { RunProblem } from '../../components/run/RunProblem.js';
import { RunLabel, RunStatusDetails } from '../../components/run/RunStatusDetails.js';

/** Lazy half of `ThreadStatus`: parts that only some runs need. */
export const statusParts = { RunLabel, RunProblem, RunStatusDetails };
