; Installer for Windows (Inno Setup 6.3 or newer). Not run yet on a Windows machine: written from the documentation of Inno Setup.
;   iscc /DVersion=0.1.0 /DBundle=..\..\build\program\levcheck packaging\windows\levcheck.iss
; Installs for one user without administrator rights, or for all users when started with /ALLUSERS.
#ifndef Version
  #error Give the version: /DVersion=0.1.0
#endif
#ifndef Bundle
  #define Bundle "..\..\build\program\levcheck"
#endif

[Setup]
; This number names the program to Windows for ever: an update replaces what carries the same one.
AppId={{5B0B6E5C-3B0E-4D0D-9C43-6F0B7C0F6A21}
AppName=levcheck
AppVersion={#Version}
AppPublisher=levcheck maintainers
DefaultDirName={autopf}\levcheck
DefaultGroupName=levcheck
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=levcheck-{#Version}-windows-x86_64-setup
SetupIconFile=..\..\build\levcheck.ico
UninstallDisplayIcon={app}\levcheck-window.exe
UninstallDisplayName=levcheck {#Version}
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
CloseApplications=yes
WizardStyle=modern
#ifdef Sign
SignTool=levcheck
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "ko"; MessagesFile: "compiler:Languages\Korean.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "association"; Description: "{cm:AssocFileExtension,levcheck,.levcheck}"

[InstallDelete]
; What an older version brought and this one does not would otherwise be loaded still.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\levcheck"; Filename: "{app}\levcheck-window.exe"
Name: "{autodesktop}\levcheck"; Filename: "{app}\levcheck-window.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.levcheck"; ValueType: string; ValueData: "levcheck.session"; Flags: uninsdeletevalue; Tasks: association
Root: HKA; Subkey: "Software\Classes\.levcheck"; ValueType: string; ValueName: "Content Type"; ValueData: "application/x-levcheck"; Tasks: association
Root: HKA; Subkey: "Software\Classes\levcheck.session"; ValueType: string; ValueData: "levcheck session"; Flags: uninsdeletekey; Tasks: association
Root: HKA; Subkey: "Software\Classes\levcheck.session\DefaultIcon"; ValueType: string; ValueData: "{app}\levcheck-window.exe,0"; Tasks: association
Root: HKA; Subkey: "Software\Classes\levcheck.session\shell\open\command"; ValueType: string; ValueData: """{app}\levcheck-window.exe"" ""%1"""; Tasks: association

[Run]
Filename: "{app}\levcheck-window.exe"; Description: "{cm:LaunchProgram,levcheck}"; Flags: nowait postinstall skipifsilent
