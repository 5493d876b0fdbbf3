# Images of the three programs, one target each: silo, gateway, standalone. The console is built by the same MSBuild targets as everywhere.
#   docker build --target gateway --tag evcharge/gateway .
ARG DOTNET=10.0

FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET}-noble AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
# The driver of SQL Server needs cultures, which the programs are otherwise built without.
ENV PUBLISH="dotnet publish -c Release -p:InvariantGlobalization=false"
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

FROM build AS publish-silo
RUN $PUBLISH src/Silo -o /app

FROM build AS publish-gateway
RUN $PUBLISH src/Gateway -p:BuildConsole=true -o /app

FROM build AS publish-standalone
RUN $PUBLISH src/Standalone -p:BuildConsole=true -o /app && mkdir /data

# No shell, no package manager, a user without rights; "extra" brings ICU and time zones.
FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET}-noble-chiseled-extra AS runtime
WORKDIR /app
USER $APP_UID
ENV DOTNET_EnableDiagnostics=0 DOTNET_hostBuilder__reloadConfigOnChange=false

FROM runtime AS silo
COPY --from=publish-silo /app .
EXPOSE 8081 11111 30000
ENV EVCHARGE_SILO_PORT=11111 EVCHARGE_SILO_CLIENT_PORT=30000 ASPNETCORE_URLS=http://+:8081
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["./EvCharge.Silo", "--probe", "http://127.0.0.1:8081/health/ready"]
ENTRYPOINT ["./EvCharge.Silo"]

FROM runtime AS gateway
COPY --from=publish-gateway /app .
EXPOSE 8080
ENV ASPNETCORE_URLS=http://+:8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["./EvCharge.Gateway", "--probe", "http://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["./EvCharge.Gateway"]

FROM runtime AS standalone
COPY --from=publish-standalone /app .
COPY --from=publish-standalone --chown=$APP_UID /data /data
VOLUME /data
EXPOSE 8080
ENV EVCHARGE_DATA=/data ASPNETCORE_URLS=http://+:8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["./EvCharge.Standalone", "--probe", "http://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["./EvCharge.Standalone"]
