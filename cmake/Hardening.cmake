# What distributions build their programs with, so that a build by hand is no
# softer than a packaged one. Sanitizers bring their own checks instead.
include(CheckPIESupported)
check_pie_supported()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT GITA_SANITIZE AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
	include(CheckCCompilerFlag)
	foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
		check_c_compiler_flag(${flag} GITA_HAS${flag})
		if(GITA_HAS${flag})
			add_compile_options(${flag})
		endif()
	endforeach()
	add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
	if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
		add_link_options(-Wl,-z,relro -Wl,-z,now)
	endif()
endif()
