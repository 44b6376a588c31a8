// How each proxy is started, as Debian packages it: its shipped timeouts, and what is set up in many
// places anyway, compression of lists and streams and, where the proxy has one, a cache. The lines
// under test go in between.

/** One of the proxies that the README tells how to set up. */
export interface Proxy {
  /** Its name, and the language of its block in the README. */
  readonly name: string;
  readonly block: string;
  readonly command: string;
  readonly versionFlag: string;
  /** Lines that the README does not give, by what they are; the backend's port is 4000, as there. */
  readonly others: Readonly<Record<string, string>>;
  /** All of its configuration, with the lines in it. */
  readonly config: (lines: string, port: number, directory: string) => string;
  readonly flags: (configPath: string, port: number, directory: string) => readonly string[];
}

const nginx: Proxy = {
  name: "nginx",
  block: "nginx",
  command: "nginx",
  versionFlag: "-v",
  others: { "passing on only": "location /api/ { proxy_pass http://127.0.0.1:4000; }" },
  config: (lines, port, directory) => `
    daemon off;
    pid ${directory}/pid;
    user root;
    events {}
    http {
      access_log off;
      ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${directory}/${kind};`).join("\n")}
      gzip on;
      gzip_types application/json text/event-stream;
      proxy_cache_path ${directory}/cache keys_zone=cache:1m;
      proxy_cache cache;
      proxy_cache_valid 1m;
      server {
        listen 127.0.0.1:${port};
        ${lines}
      }
    }`,
  flags: (configPath, _port, directory) => ["-p", directory, "-c", configPath, "-e", "stderr"],
};

const haproxyDefaults = `
  mode http
  timeout connect 5000
  timeout client 50000
  timeout server 50000
  compression algo gzip
`;

const haproxy: Proxy = {
  name: "HAProxy",
  block: "haproxy",
  command: "haproxy",
  versionFlag: "-v",
  others: { "passing on only": "defaults\nbackend api\n  server api 127.0.0.1:4000\n" },
  config: (lines, port) => `
${lines.replace("defaults\n", (line) => line + haproxyDefaults)}
frontend browsers
  bind 127.0.0.1:${port}
  default_backend api
`,
  flags: (configPath) => ["-db", "-f", configPath],
};

const apacheModules = ["mpm_event", "authz_core", "filter", "deflate", "proxy", "proxy_http"];

const apache: Proxy = {
  name: "Apache",
  block: "apache",
  command: "apache2",
  versionFlag: "-v",
  others: { "passing on only": "ProxyPass /api/ http://127.0.0.1:4000/api/" },
  config: (lines, port, directory) => `
ServerRoot ${directory}
ServerName localhost
DefaultRuntimeDir ${directory}
PidFile ${directory}/pid
ErrorLog ${directory}/errors
Listen 127.0.0.1:${port}
${apacheModules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
User www-data
Group www-data
Timeout 300
AddOutputFilterByType DEFLATE application/json text/event-stream
${lines}
`,
  flags: (configPath) => ["-DFOREGROUND", "-f", configPath],
};

const caddy: Proxy = {
  name: "Caddy",
  block: "caddyfile",
  command: "caddy",
  versionFlag: "version",
  others: {
    "with flush_interval -1": "reverse_proxy /api/* 127.0.0.1:4000 {\n  flush_interval -1\n}",
  },
  config: (lines, port) => `{
  admin off
}
http://127.0.0.1:${port} {
  encode gzip
${lines}
}
`,
  flags: (configPath) => ["run", "--config", configPath, "--adapter", "caddyfile"],
};

const varnishBackend = 'backend default { .host = "127.0.0.1"; .port = "4000"; }';

const varnish: Proxy = {
  name: "Varnish",
  block: "vcl",
  command: "varnishd",
  versionFlag: "-V",
  others: {
    "passing on only": varnishBackend,
    "with pass for all": `${varnishBackend} sub vcl_recv { return (pass); }`,
  },
  config: (lines) => `vcl 4.1;
${lines}
sub vcl_backend_response { set beresp.do_gzip = true; }
`,
  flags: (configPath, port, directory) =>
    `-F -j none -n ${directory}/work -a 127.0.0.1:${port} -f ${configPath} -s malloc,32m`.split(
      " ",
    ),
};

/** All that the README has lines for. */
export const proxies: readonly Proxy[] = [nginx, haproxy, apache, caddy, varnish];
