'use client';

export { Placeholder } from './components/Placeholder.js';
