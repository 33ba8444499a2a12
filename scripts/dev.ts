// `npm run dev`: the server restarts when its sources change, the page reloads by itself on http://localhost:5173.
import { spawn } from 'node:child_process'

const children = [
  spawn('node', ['--watch', 'src/server/main.ts'], { stdio: 'inherit' }),
  spawn('vite', ['--host', '127.0.0.1'], { stdio: 'inherit' }),
]
const stop = (): void => {
  for (const child of children) child.kill('SIGTERM')
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
for (const child of children) child.on('exit', stop)
