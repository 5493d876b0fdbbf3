# Installs EvCharge from this folder as a Windows service, or upgrades what is installed, after a backup. To be run as an administrator.
#   powershell -ExecutionPolicy Bypass -File install.ps1 [-Urls http://127.0.0.1:8080]
#Requires -RunAsAdministrator
param([string]$Urls = 'http://127.0.0.1:8080')
$ErrorActionPreference = 'Stop'

$name = 'EvCharge'
$version = Split-Path $PSScriptRoot -Leaf
$programs = Join-Path $env:ProgramFiles 'EvCharge'
$data = Join-Path $env:ProgramData 'EvCharge'
$program = Join-Path $programs "$version\EvCharge.Standalone.exe"

$service = Get-Service $name -ErrorAction SilentlyContinue
if ($service) {
    Stop-Service $name
    if (Test-Path (Join-Path $data 'history.db')) {
        $former = (Get-CimInstance Win32_Service -Filter "Name='$name'").PathName -replace '^"([^"]+)".*', '$1'
        & $former --backup (Join-Path "$data-backups" (Get-Date).ToUniversalTime().ToString('yyyyMMddTHHmmssZ')) --data $data
        if ($LASTEXITCODE -ne 0) { throw 'The backup failed; nothing was changed.' }
    }
}

New-Item -ItemType Directory -Force $programs, $data, "$data-backups" | Out-Null
# The record holds hashes of secrets: the data are for the service and administrators alone.
foreach ($folder in $data, "$data-backups") {
    icacls $folder /inheritance:r /grant:r 'SYSTEM:(OI)(CI)F' 'Administrators:(OI)(CI)F' 'LOCAL SERVICE:(OI)(CI)M' | Out-Null
}

Copy-Item -Recurse -Force (Join-Path $PSScriptRoot 'program') (Join-Path $programs $version)
$command = "`"$program`" --data `"$data`" --urls $Urls"
if ($service) {
    sc.exe config $name binPath= $command | Out-Null
} else {
    sc.exe create $name binPath= $command start= auto obj= 'NT AUTHORITY\LocalService' DisplayName= 'EvCharge' | Out-Null
    sc.exe failure $name reset= 86400 actions= restart/2000 | Out-Null
}
if ($LASTEXITCODE -ne 0) { throw 'The service could not be set up.' }

Start-Service $name
Write-Host "EvCharge runs at $Urls. The first administrator's password is in $data\admin-password.txt."
