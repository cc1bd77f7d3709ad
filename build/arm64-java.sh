#!/bin/sh
# Prepares an ARM64 JDK 25 that runs under qemu on a Linux machine of another architecture, for the tests that run ARM64 code natively:
#
#   build/arm64-java.sh [FOLDER]     FOLDER is .bpf4j/arm64 unless given
#
# Nothing is installed: packages of Debian are fetched, checked against the archive's list, and unpacked into the folder (300 MB); FOLDER/java is
# then a java. It needs qemu-aarch64 (Debian: apt install qemu-user), curl, xz, awk, sha256sum and dpkg-deb.
#
#   BPF4J_DEBIAN   the archive, https://deb.debian.org/debian unless set
#   BPF4J_SUITE    the suite, sid unless set: any that has openjdk-25
set -eu

archive=${BPF4J_DEBIAN:-https://deb.debian.org/debian}
suite=${BPF4J_SUITE:-sid}
packages="openjdk-25-jre-headless libc6 libgcc-s1 libstdc++6 zlib1g"
self=$(cd "$(dirname "$0")" && pwd -P)
folder=${1:-$self/../.bpf4j/arm64}

say() { printf 'arm64-java: %s\n' "$*" >&2; }

for tool in qemu-aarch64 curl xz awk sha256sum dpkg-deb; do
    command -v "$tool" >/dev/null || {
        say "needs $tool; on Debian: apt install qemu-user curl xz-utils gawk coreutils dpkg"
        exit 2
    }
done

mkdir -p "$folder/packages" "$folder/root/usr/lib"
ln -sfn usr/lib "$folder/root/lib" # as in Debian, where the loader is looked for
folder=$(cd "$folder" && pwd -P)

say "reading the list of packages of $suite"
curl -fsSL -o "$folder/Packages.xz" "$archive/dists/$suite/main/binary-arm64/Packages.xz"
for package in $packages; do
    # file and checksum of the package
    set -- $(xz -dc "$folder/Packages.xz" | awk -v wanted="$package" '
        /^Package: / { here = $2 == wanted }
        here && /^Filename: / { file = $2 }
        here && /^SHA256: / { sum = $2 }
        END { print file, sum }')
    [ $# -eq 2 ] || {
        say "$suite has no package $package for arm64; BPF4J_SUITE names another suite"
        exit 1
    }
    say "fetching $(basename "$1")"
    curl -fsSL -o "$folder/packages/$package.deb" "$archive/$1"
    echo "$2  $folder/packages/$package.deb" | sha256sum -c --quiet - || exit 1
    dpkg-deb -x "$folder/packages/$package.deb" "$folder/root"
done
rm -r "$folder/packages" "$folder/Packages.xz"

home=$(cd "$folder"/root/usr/lib/jvm/java-25-openjdk-arm64 && pwd -P)
# Configuration is linked to by absolute paths.
find "$home" -type l -lname '/*' | while read -r link; do
    ln -sfn "$folder/root$(readlink "$link")" "$link"
done
cat >"$folder/java" <<END
#!/bin/sh
exec qemu-aarch64 -L "$folder/root" "$home/bin/java" "\$@"
END
chmod +x "$folder/java"
"$folder/java" -version
say "ready: $folder/java"
