/** Output of `assistants-react --help`. */
export const HELP = `Usage: assistants-react serve [options]

Serve the Assistants API at http://127.0.0.1:8787/v1.

Server:
  --port NUMBER            Port to listen on. 0 selects a free port. [default: 8787]
  --host NAME              Address to listen on. [default: 127.0.0.1, this machine only]
  --allow-host NAME        Host name that requests may use. Can be repeated.
  --data FILE              SQLite database file. [default: keep everything in memory]
  --shutdown-seconds N     Time that active runs have to finish after SIGINT or SIGTERM. [default: 10]

Model:
  --model-base-url URL     OpenAI-compatible server, such as http://127.0.0.1:11434/v1.
                           [default: a scripted demo answers]
  --model-api-key KEY      API key of that server.
  --model NAME             Model to use. [default: the model of the assistant]

Access:
  --key KEY                API key that clients must send. Can be repeated. [default: no key required]
  --cors ORIGIN            Origin whose pages may use the server, or *. Can be repeated.
  --rate-limit NUMBER      Requests per minute for each API key. [default: unlimited]
  --max-json-mib NUMBER    Largest JSON request body in MiB. [default: 16]
  --max-upload-mib NUMBER  Largest file upload in MiB. [default: 512]

Other:
  -h, --help               Show this help.
  -v, --version            Show the version.

Environment:
  ASSISTANTS_KEYS          API keys separated by commas, instead of --key.
  MODEL_BASE_URL, MODEL_API_KEY, MODEL
                           Instead of the options of the same name. Prefer variables for keys,
                           because other processes can read command lines.

Logs are written to stderr as JSON, one object per line, and never contain message texts.
`;
