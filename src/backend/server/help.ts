/** Output of `assistants-react --help`. */
export const HELP = `Usage: assistants-react serve [options]
       assistants-react import FOLDER --data FILE|--database URL [options]
       assistants-react export FOLDER --data FILE|--database URL [options]
       assistants-react create FOLDER [--example NAME]

serve   Serve the Assistants API at http://127.0.0.1:8787/v1.
import  Import an export of the Assistants API (assistants-thread-export/v1, or
        lists of the API as JSON or JSONL) into a database. Importing again adds
        what is missing. Nothing is overwritten.
export  Export a database in the same format, with the contents of files.
create  Create an app in a new folder.

Server:
  --port NUMBER            Port to listen on, 0 for a free one (default: 8787)
  --host NAME              Address to listen on (default: 127.0.0.1)
  --allow-host NAME        Host name that requests may use (repeatable)
  --data FILE              SQLite database file (default: keep data in memory)
  --database URL           PostgreSQL database that several servers share, such
                           as postgres://user:password@host/database
  --blob-store PLACE       Folder, or s3://BUCKET/PREFIX, for the contents of
                           files (default: the database). A bucket needs the
                           package aws4fetch
  --metrics-port NUMBER    Serve metrics for Prometheus at /metrics on this
                           port. Needs the package prom-client
  --metrics-host NAME      Address for metrics (default: 127.0.0.1)
  --shutdown-seconds N     Time to finish active runs on SIGINT or SIGTERM
                           (default: 10)

Model:
  --model-base-url URL     OpenAI-compatible server, such as
                           http://127.0.0.1:11434/v1 (default: a scripted demo)
  --model-api-key KEY      API key of that server
  --model NAME             Model to use (default: the model of the assistant)
  --model-timeout-seconds N
                           Longest silence of that server (default: 300)
  --model-retries N        Retries before the first event (default: 2)
  --model-retry-min-ms N   Delay before the first retry (default: 500)
  --model-retry-max-seconds N
                           Longest delay before a retry (default: 60)
  --model-loading-seconds N
                           Time to wait while the server loads its model
                           (default: 300)
  --built-in-tool TOOL     Tool that this server runs itself (repeatable):
                           web_search, code_interpreter, or file_search:IDS
                           with its vector stores. Uses POST /responses
  --unsupported-tools MODE 'ignore' accepts code_interpreter and never offers
                           it to the model (default: refuse)
  --no-reasoning           Neither store nor stream what the model reasons

File search:
  --embeddings-model NAME  Model for vectors, which finds passages by their
                           meaning, too (default: words only)
  --embeddings-base-url URL, --embeddings-api-key KEY
                           Server of that model (default: those of the model)
  --embeddings-dimensions N
                           Values of a vector (default: those of the model)
  --embeddings-batch N     Texts in one request (default: 64)
  --embeddings-query-prefix TEXT, --embeddings-passage-prefix TEXT
                           Text that the model expects before each query and
                           each passage

Access:
  --key KEY                API key that clients must send (repeatable). A key is
                           not a user: all keys share all threads
                           (default: no API key required)
  --users FILE             JSON file with the user of each API key, such as
                           { "KEY": "alice", "sha256:HASH": "bob" }. Each user
                           has threads and files of its own
  --users URL              JWKS of the tokens (JWT) that name the users. Needs
                           the package jose
  --jwt-issuer VALUE       Issuer that tokens must have
  --jwt-audience VALUE     Audience that tokens must have
  --jwt-claim NAME         Claim with the id of the user (default: sub)
  --admin USER             User whose assistants are shared, and who owns what
                           has no owner (repeatable)
  --cors ORIGIN            Origin whose pages may use the server, or *
                           (repeatable)
  --rate-limit NUMBER      Requests per minute for each user or API key
                           (default: unlimited)
  --concurrent-runs NUMBER Active runs of each user (default: unlimited). Needs
                           --users
  --max-json-mib NUMBER    Largest JSON request body in MiB (default: 4)
  --max-upload-mib NUMBER  Largest file upload in MiB (default: 512)

Import and export:
  --data FILE              SQLite database file, not in use by a server
  --database URL           PostgreSQL database, which servers may use meanwhile
  --blob-store PLACE       Folder or bucket of the server for the contents of
                           files
  --user USER              import: user who gets everything (default: assistants
                           are shared, threads and files belong to the admins)
                           export: user whose objects are exported
  --files FOLDER           import: originals of files whose contents are
                           missing, matched by name and size
  --from URL               import: server to read instead of a folder. Its query
                           is sent with every request, such as ?api-version=v1
  --key KEY                import: API key of that server
  --header 'NAME: VALUE'   import: header for that server (repeatable)
  --beta VERSION           import: v1, v2 or none (default: v2)
  --dry-run                import: report what would be done, and do nothing
  --threads FILE           export, import --from: ids of the threads, one in
                           each line (default: all that can be listed)
  --report FILE            Write the report as JSON

Create:
  --example NAME           vite (default), next, tanstack-start, express,
                           tailwind, or html for a prototype in one file

Other:
  -h, --help               Show this help
  -v, --version            Show the version

Environment variables:
  DATABASE_URL             Instead of --database, without --data
  BLOB_STORE               Instead of --blob-store
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION,
  AWS_ENDPOINT_URL         Credentials, region and server of a bucket
  ASSISTANTS_KEYS          Comma-separated API keys, instead of --key
  MODEL_BASE_URL           Instead of --model-base-url
  MODEL_API_KEY            Instead of --model-api-key
  MODEL                    Instead of --model
  EMBEDDINGS_MODEL, EMBEDDINGS_BASE_URL, EMBEDDINGS_API_KEY
                           Instead of the options of these names
  SOURCE_API_KEY           Instead of --key of import
  MODEL_TIMEOUT_SECONDS, MODEL_RETRIES, MODEL_RETRY_MIN_MS,
  MODEL_RETRY_MAX_SECONDS, MODEL_LOADING_SECONDS
                           Instead of the options of these names

Pass secrets in environment variables, because other processes can read
command lines. Logs are written to stderr, one JSON object per line. They never
contain message texts.
`;
