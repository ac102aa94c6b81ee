# Run by cpack over the files that it is about to pack: Debian wants manual
# pages and the changelog compressed, and says how.
file(GLOB_RECURSE pages ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/man/*.[1-9])
set(changelog ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/doc/gita/changelog)
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${changelog} "gita (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium

  * Built from the sources of this version; their history is in git.

 -- ${CPACK_DEBIAN_PACKAGE_MAINTAINER}  ${now}
")
execute_process(COMMAND gzip -9nf ${pages} ${changelog} COMMAND_ERROR_IS_FATAL ANY)
