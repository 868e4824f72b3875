# Makes the whole end-of-term set from the example school, in a folder: notices and calendars for the half term to
# come, the report in three formats, the governors' copy, and a workbook. Nothing of the example is changed.
#   examples\end-of-term.ps1 FOLDER
param([Parameter(Mandatory = $true)][string]$Folder)
$ErrorActionPreference = 'Stop'
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$out = (New-Item -ItemType Directory -Force -Path $Folder).FullName
$work = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
New-Item -ItemType Directory -Path $work | Out-Null
Copy-Item -Recurse (Join-Path $here 'two-form-primary') $work
Copy-Item -Recurse (Join-Path $here 'two-form-primary-2025-26') $work
$env:PHASE_WORKSPACE = Join-Path $work 'two-form-primary'
if (-not $env:PHASE_TODAY) { $env:PHASE_TODAY = '2026-12-10' }

function Invoke-Phase {
    & phase @args
    if ($LASTEXITCODE -ne 0) { throw "phase $args ended with $LASTEXITCODE" }
}

try {
    Invoke-Phase check
    Invoke-Phase schedule --half-term 3 --save -o (Join-Path $out 'schedule.txt')
    Invoke-Phase notify --half-term 3 -o (Join-Path $out 'notices')
    Invoke-Phase report end-of-term -o (Join-Path $out 'end-of-term.html') -o (Join-Path $out 'end-of-term.docx') -o (Join-Path $out 'end-of-term.md') -o (Join-Path $out 'end-of-term.xlsx') -o (Join-Path $out 'end-of-term.json')
    Invoke-Phase report provision -o (Join-Path $out 'provision.docx')
    Invoke-Phase report provision --audience governors -o (Join-Path $out 'provision-governors.docx') -o (Join-Path $out 'provision-governors.html')
    Invoke-Phase report target-sheet -o (Join-Path $out 'targets.docx')
    "the end-of-term set is in $out"
}
finally {
    Remove-Item -Recurse -Force $work
}
