import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const proxy = { '/v1': process.env['BACKEND_URL'] ?? 'http://127.0.0.1:8787' };

export default defineConfig({ plugins: [react()], server: { proxy }, preview: { proxy } });
