# gita_hardening: what distributions build their programs with, so that a build
# by hand is no softer than a packaged one. Sanitizers bring their own checks
# instead, and a build to debug is left as the compiler makes it.
include(CheckCCompilerFlag)
include(CheckPIESupported)
check_pie_supported()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_library(gita_hardening INTERFACE)
if(NOT GITA_SANITIZE AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
	foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
		check_c_compiler_flag(${flag} GITA_HAS${flag})
		if(GITA_HAS${flag})
			target_compile_options(gita_hardening INTERFACE ${flag})
		endif()
	endforeach()
	target_compile_options(gita_hardening INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
	if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
		target_link_options(gita_hardening INTERFACE -Wl,-z,relro -Wl,-z,now)
	endif()
endif()
