#include "change.h"

int change_registry(struct invocation *invocation,
                    int (*change)(struct invocation *invocation))
{
	int status = invocation_change(invocation);

	if (status != STATUS_OK)
		return status;
	status = change(invocation);
	if (status == STATUS_OK)
		return invocation_commit(invocation);
	registry_end(&invocation->registry);
	return status;
}
