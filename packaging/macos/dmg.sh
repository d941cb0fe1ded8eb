#!/bin/sh
# Signs levcheck.app, packs it as a disk image and has it notarised: sh packaging/macos/dmg.sh build/program/levcheck.app dist/levcheck.dmg
# Not run yet on a Mac. SIGN_IDENTITY names a "Developer ID Application" certificate of the keychain, NOTARY_PROFILE the stored
# login of notarytool. Without them the image is made unsigned, and macOS blocks it until its user allows it.
set -eu
APP=$1
IMAGE=$2
ENTITLEMENTS=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)/entitlements.plist
if [ -n "${SIGN_IDENTITY:-}" ]; then
    # From the inside out: every library first, the app around them last.
    find "$APP/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
        xargs -0 -n 1 codesign --force --timestamp --options runtime --sign "$SIGN_IDENTITY"
    codesign --force --timestamp --options runtime --entitlements "$ENTITLEMENTS" --sign "$SIGN_IDENTITY" "$APP"
    codesign --verify --deep --strict --verbose=2 "$APP"
fi
STAGE=$(mktemp -d)
trap 'rm -rf "$STAGE"' EXIT
cp -R "$APP" "$STAGE/"
ln -s /Applications "$STAGE/Applications"
hdiutil create -volname levcheck -srcfolder "$STAGE" -format ULFO -ov "$IMAGE"
if [ -n "${SIGN_IDENTITY:-}" ] && [ -n "${NOTARY_PROFILE:-}" ]; then
    codesign --force --timestamp --sign "$SIGN_IDENTITY" "$IMAGE"
    xcrun notarytool submit "$IMAGE" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$IMAGE"
fi
